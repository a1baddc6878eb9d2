#include "host/protection/text_words.hpp"

#include <array>
#include <unordered_map>

namespace causeway::protection {
namespace {

struct Line {
  WordUse use;
  std::string_view words;
};

constexpr std::array<Line, 22> kLines = {{
    {WordUse::ManTitle, "mr mister sir lord master"},
    {WordUse::WomanTitle, "mrs miss ms madam lady dame mme missus"},
    {WordUse::OtherTitle, "dr doctor mx prof professor rev reverend fr sr canon rabbi imam"},
    {WordUse::Rank,
     "pc dc wpc pcso ps ds sgt sergeant di dci insp inspector supt superintendent dsupt constable officer cso dpc spc "
     "oic cmdr"},
    {WordUse::Judge, "hhj judge justice recorder dj ddj"},
    {WordUse::Accused,
     "defendant defendants accused offender appellant respondent suspect perpetrator deft def prisoner"},
    {WordUse::Cue,
     "victim victims witness witnesses complainant complainants ip aggrieved contact contacts contacting contacted "
     "approach approaching named namely called with against told tell tells assault assaulted assaulting harass "
     "harassed harassing threatened threaten threatening visit visiting pursue protect protects protecting "
     "statement mother father sister brother daughter son wife husband partner daughters sons child children "
     "friend aunt uncle niece nephew grandmother grandfather girlfriend boyfriend neighbour colleague cousin"},
    {WordUse::Does,
     "said says told tells was is has had stated states lives lived came comes left went goes wants wanted wishes rang "
     "called phoned "
     "reported disclosed fears feared asked asks attended attends confirmed confirms replied gave gives made saw sees "
     "heard felt feels "
     "ran suffered works lives who reports rings texted emailed needs would does did remains needs moved cannot could "
     "and"},
    {WordUse::Particle,
     "van der den de la le du di da do dos das del al el bin ben ibn bint ap ab ferch mac mc o fitz von ter abd ul ur "
     "y st of the"},
    {WordUse::StreetType,
     "street st road rd avenue ave av close cl crescent cres drive dr lane ln place pl square sq terrace terr ter "
     "gardens gdns court ct "
     "grove gr way walk park pk row mews hill rise view vale parade green croft gate mount path wharf quay broadway "
     "embankment "
     "villas heol stryd ffordd lon rhodfa clos maes bryn parc tyla gelli cwrt esgair glan pentre penrhiw bridge yard "
     "end dene garth bank "
     "meadow meadows fold brow nook avenues crossway approach"},
    {WordUse::HouseWord,
     "house cottage farm lodge villa barn mill tower towers flats manor bungalow hall hse bldg building block ty"},
    {WordUse::Unit, "flat flt apartment apt unit room rm floor suite no number bedsit maisonette plot caravan"},
    {WordUse::NamedAfter,
     "crown magistrates county combined police prison hospital university college council station law justice court "
     "courts "
     "youth infirmary constabulary airport town city square market estate school academy hotel probation yoi"},
    {WordUse::NamedBefore, "hmp hmyoi hmpyoi rcj"},
    {WordUse::Little,
     "a an the and or nor but to not with by for from of at in on is was has had as if be who that must may will shall "
     "can than then"},
    {WordUse::Article, "a an the any every each no this that these those his her their my your our its some"},
    {WordUse::Residence, "reside resides residing residence sleep curfew curfewed tagged lodging bailed bail"},
    {WordUse::Premises,
     "court courts magistrates station hospital store shop supermarket hotel office offices centre hostel probation "
     "prison library bank "
     "pub inn bar club restaurant garage council surgery clinic premises police tesco asda aldi lidl boots sainsburys "
     "morrisons "
     "solicitors chambers college hq headquarters branch retail ltd limited plc"},
    {WordUse::Abbreviation,
     "pc dc ds di dv ip op cc mc uk gp hm ni cps cjs mg fpn pnd phv pnc cro asn urn sfo yot yoi dna cctv abe vps "
     "isva idva iom gbh abh poca ptph dcs nfa tic tics rui oic fio rtc dda sma smo sar pcso cja cpo pso sao sso "
     "dto yro ro fo co ao bo ho hdc ctl id no am pm ok tv dvd usb vs re st rd ppo dbs sco cpia mash marac dash "
     "iopc hmcts hmp hmi nps crc bb it he me we us my or so an as at be by do go if in is of on to up tk sp ps cs "
     "ss wcu dvpn dvpo shpo sopo npo asbo cbo vap vapp eu gb en cy ie eg nb mr ms dr nhs acs ng gap ngap fh eah "
     "pet bcm mca oapa twoc dwd rj atr rar upw cra dhr srt tbc tba asap eta fyi bcc fw fwd usa poa ptw dd sio csm "
     "hcp ae icu bmw vw mot atm pin sim bwv bcu mhtr fta fts sjp sjpn tdj ptr ptpj cmh pcmh po sa ra"},
    {WordUse::Month, "january february march april may june july august september october november december"},
    {WordUse::BirthCue, "born dob birth bday birthday birthdate"},
    {WordUse::PlaceKind,
     "primary secondary junior infant infants high comprehensive grammar nursery catholic church academy sixth form "
     "service services "
     "group practice dental care home trust associates partners stores"},
}};

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

using Uses = std::unordered_map<std::string_view, std::uint32_t>;

const Uses& uses() {
  static const Uses table = [] {
    Uses out;
    for (const auto& line : kLines)
      for (std::size_t at = 0; at < line.words.size();) {
        const auto end = std::min(line.words.find(' ', at), line.words.size());
        out[line.words.substr(at, end - at)] |= 1U << static_cast<unsigned>(line.use);
        at = end + 1;
      }
    return out;
  }();
  return table;
}

}  // namespace

bool is(WordUse use, std::string_view word) {
  const auto found = uses().find(word);
  return found != uses().end() && (found->second >> static_cast<unsigned>(use) & 1U) != 0;
}

int monthOf(std::string_view word) {
  if (word.size() < 3 || (word.size() > 3 && word != "sept" && !is(WordUse::Month, word))) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (word.starts_with(kMonths[i])) return static_cast<int>(i) + 1;
  return 0;
}

std::string_view shortForm(std::string_view word) {
  static const std::unordered_map<std::string_view, std::string_view> forms = {
      {"street", "st"}, {"saint", "st"},     {"str", "st"},        {"road", "rd"},       {"avenue", "ave"},
      {"av", "ave"},    {"close", "cl"},     {"crescent", "cres"}, {"cresc", "cres"},    {"drive", "dr"},
      {"lane", "ln"},   {"place", "pl"},     {"square", "sq"},     {"terrace", "terr"},  {"ter", "terr"},
      {"tce", "terr"},  {"gardens", "gdns"}, {"garden", "gdns"},   {"court", "ct"},      {"grove", "gr"},
      {"grv", "gr"},    {"park", "pk"},      {"house", "hse"},     {"building", "bldg"}, {"buildings", "bldg"},
      {"mount", "mt"},  {"north", "n"},      {"south", "s"},       {"east", "e"},        {"west", "w"},
      {"upper", "upr"}, {"lower", "lwr"},    {"flat", "flt"},      {"apartment", "apt"}};
  const auto found = forms.find(word);
  return found == forms.end() ? word : found->second;
}

}  // namespace causeway::protection
