// Generated from eng/tables/link-layer-types.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Filter;

public readonly partial record struct LinkType
{
    /// <summary>BSD loopback (<c>DLT_NULL</c>).</summary>
    public static LinkType Null => new(0);

    /// <summary>Ethernet (<c>DLT_EN10MB</c>).</summary>
    public static LinkType Ethernet => new(1);

    /// <summary>Token ring (<c>DLT_IEEE802</c>).</summary>
    public static LinkType TokenRing => new(6);

    /// <summary>BSD ARCNET (<c>DLT_ARCNET</c>).</summary>
    public static LinkType Arcnet => new(7);

    /// <summary>SLIP (<c>DLT_SLIP</c>).</summary>
    public static LinkType Slip => new(8);

    /// <summary>PPP (<c>DLT_PPP</c>).</summary>
    public static LinkType Ppp => new(9);

    /// <summary>FDDI (<c>DLT_FDDI</c>).</summary>
    public static LinkType Fddi => new(10);

    /// <summary>RFC 1483 LLC-encapsulated ATM (<c>DLT_ATM_RFC1483</c>).</summary>
    public static LinkType AtmRfc1483 => new(11);

    /// <summary>Raw IP (<c>DLT_RAW</c>).</summary>
    public static LinkType Raw => new(12);

    /// <summary>BSD/OS SLIP (<c>DLT_SLIP_BSDOS</c>).</summary>
    public static LinkType SlipBsdos => new(15);

    /// <summary>BSD/OS PPP (<c>DLT_PPP_BSDOS</c>).</summary>
    public static LinkType PppBsdos => new(16);

    /// <summary>Linux Classical IP over ATM (<c>DLT_ATM_CLIP</c>).</summary>
    public static LinkType AtmClip => new(19);

    /// <summary>PPP over serial (<c>DLT_PPP_SERIAL</c>).</summary>
    public static LinkType PppSerial => new(50);

    /// <summary>PPPoE (<c>DLT_PPP_ETHER</c>).</summary>
    public static LinkType PppEther => new(51);

    /// <summary>Symantec Firewall (<c>DLT_SYMANTEC_FIREWALL</c>).</summary>
    public static LinkType SymantecFirewall => new(99);

    /// <summary>Cisco HDLC (<c>DLT_C_HDLC</c>).</summary>
    public static LinkType CiscoHdlc => new(104);

    /// <summary>802.11 (<c>DLT_IEEE802_11</c>).</summary>
    public static LinkType Wlan => new(105);

    /// <summary>Frame Relay (<c>DLT_FRELAY</c>).</summary>
    public static LinkType FrameRelay => new(107);

    /// <summary>OpenBSD loopback (<c>DLT_LOOP</c>).</summary>
    public static LinkType Loop => new(108);

    /// <summary>OpenBSD encapsulated IP (<c>DLT_ENC</c>).</summary>
    public static LinkType Enc => new(109);

    /// <summary>Linux cooked v1 (<c>DLT_LINUX_SLL</c>).</summary>
    public static LinkType LinuxSll => new(113);

    /// <summary>Localtalk (<c>DLT_LTALK</c>).</summary>
    public static LinkType LocalTalk => new(114);

    /// <summary>OpenBSD pflog file (<c>DLT_PFLOG</c>).</summary>
    public static LinkType Pflog => new(117);

    /// <summary>802.11 plus Prism header (<c>DLT_PRISM_HEADER</c>).</summary>
    public static LinkType WlanPrism => new(119);

    /// <summary>RFC 2625 IP-over-Fibre Channel (<c>DLT_IP_OVER_FC</c>).</summary>
    public static LinkType IpOverFc => new(122);

    /// <summary>Sun raw ATM (<c>DLT_SUNATM</c>).</summary>
    public static LinkType SunAtm => new(123);

    /// <summary>802.11 plus radiotap header (<c>DLT_IEEE802_11_RADIO</c>).</summary>
    public static LinkType WlanRadiotap => new(127);

    /// <summary>Linux ARCNET (<c>DLT_ARCNET_LINUX</c>).</summary>
    public static LinkType ArcnetLinux => new(129);

    /// <summary>Juniper Multi-Link PPP (<c>DLT_JUNIPER_MLPPP</c>).</summary>
    public static LinkType JuniperMlppp => new(130);

    /// <summary>Juniper Multi-Link Frame Relay (<c>DLT_JUNIPER_MLFR</c>).</summary>
    public static LinkType JuniperMlfr => new(131);

    /// <summary>Juniper Encryption Services PIC (<c>DLT_JUNIPER_ES</c>).</summary>
    public static LinkType JuniperEs => new(132);

    /// <summary>Juniper GGSN PIC (<c>DLT_JUNIPER_GGSN</c>).</summary>
    public static LinkType JuniperGgsn => new(133);

    /// <summary>Juniper FRF.16 Frame Relay (<c>DLT_JUNIPER_MFR</c>).</summary>
    public static LinkType JuniperMfr => new(134);

    /// <summary>Juniper ATM2 PIC (<c>DLT_JUNIPER_ATM2</c>).</summary>
    public static LinkType JuniperAtm2 => new(135);

    /// <summary>Juniper Advanced Services PIC (<c>DLT_JUNIPER_SERVICES</c>).</summary>
    public static LinkType JuniperServices => new(136);

    /// <summary>Juniper ATM1 PIC (<c>DLT_JUNIPER_ATM1</c>).</summary>
    public static LinkType JuniperAtm1 => new(137);

    /// <summary>Apple IP-over-IEEE 1394 (<c>DLT_APPLE_IP_OVER_IEEE1394</c>).</summary>
    public static LinkType AppleIpOverIeee1394 => new(138);

    /// <summary>SS7 MTP2 with Pseudo-header (<c>DLT_MTP2_WITH_PHDR</c>).</summary>
    public static LinkType Mtp2WithPhdr => new(139);

    /// <summary>SS7 MTP2 (<c>DLT_MTP2</c>).</summary>
    public static LinkType Mtp2 => new(140);

    /// <summary>SS7 MTP3 (<c>DLT_MTP3</c>).</summary>
    public static LinkType Mtp3 => new(141);

    /// <summary>SS7 SCCP (<c>DLT_SCCP</c>).</summary>
    public static LinkType Sccp => new(142);

    /// <summary>DOCSIS (<c>DLT_DOCSIS</c>).</summary>
    public static LinkType Docsis => new(143);

    /// <summary>Linux IrDA (<c>DLT_LINUX_IRDA</c>).</summary>
    public static LinkType LinuxIrda => new(144);

    /// <summary>802.11 plus AVS radio information header (<c>DLT_IEEE802_11_RADIO_AVS</c>).</summary>
    public static LinkType WlanAvs => new(163);

    /// <summary>Juniper Passive Monitor PIC (<c>DLT_JUNIPER_MONITOR</c>).</summary>
    public static LinkType JuniperMonitor => new(164);

    /// <summary>BACnet MS/TP (<c>DLT_BACNET_MS_TP</c>).</summary>
    public static LinkType BacnetMsTp => new(165);

    /// <summary>PPP for pppd, with direction flag (<c>DLT_PPP_PPPD</c>).</summary>
    public static LinkType PppPppd => new(166);

    /// <summary>Juniper PPPoE (<c>DLT_JUNIPER_PPPOE</c>).</summary>
    public static LinkType JuniperPppoe => new(167);

    /// <summary>Juniper PPPoE/ATM (<c>DLT_JUNIPER_PPPOE_ATM</c>).</summary>
    public static LinkType JuniperPppoeAtm => new(168);

    /// <summary>GPRS LLC (<c>DLT_GPRS_LLC</c>).</summary>
    public static LinkType GprsLlc => new(169);

    /// <summary>GPF-T (<c>DLT_GPF_T</c>).</summary>
    public static LinkType GpfT => new(170);

    /// <summary>GPF-F (<c>DLT_GPF_F</c>).</summary>
    public static LinkType GpfF => new(171);

    /// <summary>Juniper PIC Peer (<c>DLT_JUNIPER_PIC_PEER</c>).</summary>
    public static LinkType JuniperPicPeer => new(174);

    /// <summary>Ethernet with Endace ERF header (<c>DLT_ERF_ETH</c>).</summary>
    public static LinkType ErfEth => new(175);

    /// <summary>Packet-over-SONET with Endace ERF header (<c>DLT_ERF_POS</c>).</summary>
    public static LinkType ErfPos => new(176);

    /// <summary>Linux vISDN LAPD (<c>DLT_LINUX_LAPD</c>).</summary>
    public static LinkType LinuxLapd => new(177);

    /// <summary>Juniper Ethernet (<c>DLT_JUNIPER_ETHER</c>).</summary>
    public static LinkType JuniperEther => new(178);

    /// <summary>Juniper PPP (<c>DLT_JUNIPER_PPP</c>).</summary>
    public static LinkType JuniperPpp => new(179);

    /// <summary>Juniper Frame Relay (<c>DLT_JUNIPER_FRELAY</c>).</summary>
    public static LinkType JuniperFrelay => new(180);

    /// <summary>Juniper C-HDLC (<c>DLT_JUNIPER_CHDLC</c>).</summary>
    public static LinkType JuniperChdlc => new(181);

    /// <summary>FRF.16 Frame Relay (<c>DLT_MFR</c>).</summary>
    public static LinkType MultiLinkFrameRelay => new(182);

    /// <summary>Juniper Voice PIC (<c>DLT_JUNIPER_VP</c>).</summary>
    public static LinkType JuniperVp => new(183);

    /// <summary>Arinc 429 (<c>DLT_A429</c>).</summary>
    public static LinkType Arinc429 => new(184);

    /// <summary>Arinc 653 Interpartition Communication (<c>DLT_A653_ICM</c>).</summary>
    public static LinkType Arinc653 => new(185);

    /// <summary>USB with FreeBSD header (<c>DLT_USB_FREEBSD</c>).</summary>
    public static LinkType UsbFreebsd => new(186);

    /// <summary>Bluetooth HCI UART transport layer (<c>DLT_BLUETOOTH_HCI_H4</c>).</summary>
    public static LinkType BluetoothHciH4 => new(187);

    /// <summary>IEEE 802.16 MAC Common Part Sublayer (<c>DLT_IEEE802_16_MAC_CPS</c>).</summary>
    public static LinkType Ieee80216MacCps => new(188);

    /// <summary>USB with Linux header (<c>DLT_USB_LINUX</c>).</summary>
    public static LinkType UsbLinux => new(189);

    /// <summary>Controller Area Network (CAN) v. 2.0B (<c>DLT_CAN20B</c>).</summary>
    public static LinkType Can20b => new(190);

    /// <summary>IEEE 802.15.4 with Linux padding (<c>DLT_IEEE802_15_4_LINUX</c>).</summary>
    public static LinkType Ieee802154Linux => new(191);

    /// <summary>Per-Packet Information (<c>DLT_PPI</c>).</summary>
    public static LinkType Ppi => new(192);

    /// <summary>IEEE 802.16 MAC Common Part Sublayer plus radiotap header (<c>DLT_IEEE802_16_MAC_CPS_RADIO</c>).</summary>
    public static LinkType Ieee80216MacCpsRadio => new(193);

    /// <summary>Juniper Integrated Service Module (<c>DLT_JUNIPER_ISM</c>).</summary>
    public static LinkType JuniperIsm => new(194);

    /// <summary>IEEE 802.15.4 with FCS (<c>DLT_IEEE802_15_4</c>).</summary>
    public static LinkType Ieee802154 => new(195);

    /// <summary>SITA pseudo-header (<c>DLT_SITA</c>).</summary>
    public static LinkType Sita => new(196);

    /// <summary>Endace ERF header (<c>DLT_ERF</c>).</summary>
    public static LinkType Erf => new(197);

    /// <summary>Ethernet with u10 Networks pseudo-header (<c>DLT_RAIF1</c>).</summary>
    public static LinkType Raif1 => new(198);

    /// <summary>IPMB with Kontron pseudo-header (<c>DLT_IPMB_KONTRON</c>).</summary>
    public static LinkType IpmbKontron => new(199);

    /// <summary>Juniper Secure Tunnel (<c>DLT_JUNIPER_ST</c>).</summary>
    public static LinkType JuniperSt => new(200);

    /// <summary>Bluetooth HCI UART transport layer plus pseudo-header (<c>DLT_BLUETOOTH_HCI_H4_WITH_PHDR</c>).</summary>
    public static LinkType BluetoothHciH4WithPhdr => new(201);

    /// <summary>AX.25 with KISS header (<c>DLT_AX25_KISS</c>).</summary>
    public static LinkType Ax25Kiss => new(202);

    /// <summary>IPMB with Linux/Pigeon Point pseudo-header (<c>DLT_IPMB_LINUX</c>).</summary>
    public static LinkType IpmbLinux => new(209);

    /// <summary>IEEE 802.15.4 with non-ASK PHY data (<c>DLT_IEEE802_15_4_NONASK_PHY</c>).</summary>
    public static LinkType Ieee802154NonaskPhy => new(215);

    /// <summary>Linux evdev events (<c>DLT_LINUX_EVDEV</c>).</summary>
    public static LinkType LinuxEvdev => new(216);

    /// <summary>MPLS with label as link-layer header (<c>DLT_MPLS</c>).</summary>
    public static LinkType Mpls => new(219);

    /// <summary>USB with padded Linux header (<c>DLT_USB_LINUX_MMAPPED</c>).</summary>
    public static LinkType UsbLinuxMmapped => new(220);

    /// <summary>DECT (<c>DLT_DECT</c>).</summary>
    public static LinkType Dect => new(221);

    /// <summary>AOS Space Data Link protocol (<c>DLT_AOS</c>).</summary>
    public static LinkType Aos => new(222);

    /// <summary>Wireless HART (<c>DLT_WIHART</c>).</summary>
    public static LinkType Wihart => new(223);

    /// <summary>Fibre Channel FC-2 (<c>DLT_FC_2</c>).</summary>
    public static LinkType Fc2 => new(224);

    /// <summary>Fibre Channel FC-2 with frame delimiters (<c>DLT_FC_2_WITH_FRAME_DELIMS</c>).</summary>
    public static LinkType Fc2WithFrameDelims => new(225);

    /// <summary>Solaris ipnet (<c>DLT_IPNET</c>).</summary>
    public static LinkType Ipnet => new(226);

    /// <summary>CAN-bus with SocketCAN headers (<c>DLT_CAN_SOCKETCAN</c>).</summary>
    public static LinkType CanSocketcan => new(227);

    /// <summary>Raw IPv4 (<c>DLT_IPV4</c>).</summary>
    public static LinkType Ipv4 => new(228);

    /// <summary>Raw IPv6 (<c>DLT_IPV6</c>).</summary>
    public static LinkType Ipv6 => new(229);

    /// <summary>IEEE 802.15.4 without FCS (<c>DLT_IEEE802_15_4_NOFCS</c>).</summary>
    public static LinkType Ieee802154Nofcs => new(230);

    /// <summary>D-Bus (<c>DLT_DBUS</c>).</summary>
    public static LinkType Dbus => new(231);

    /// <summary>Juniper Virtual Server (<c>DLT_JUNIPER_VS</c>).</summary>
    public static LinkType JuniperVs => new(232);

    /// <summary>Juniper SRX E2E (<c>DLT_JUNIPER_SRX_E2E</c>).</summary>
    public static LinkType JuniperSrxE2e => new(233);

    /// <summary>Juniper Fibre Channel (<c>DLT_JUNIPER_FIBRECHANNEL</c>).</summary>
    public static LinkType JuniperFibrechannel => new(234);

    /// <summary>DVB-CI (<c>DLT_DVB_CI</c>).</summary>
    public static LinkType DvbCi => new(235);

    /// <summary>MUX27010 (<c>DLT_MUX27010</c>).</summary>
    public static LinkType Mux27010 => new(236);

    /// <summary>STANAG 5066 D_PDUs (<c>DLT_STANAG_5066_D_PDU</c>).</summary>
    public static LinkType Stanag5066DPdu => new(237);

    /// <summary>Juniper ATM CEMIC (<c>DLT_JUNIPER_ATM_CEMIC</c>).</summary>
    public static LinkType JuniperAtmCemic => new(238);

    /// <summary>Linux netfilter log messages (<c>DLT_NFLOG</c>).</summary>
    public static LinkType Nflog => new(239);

    /// <summary>Ethernet with Hilscher netANALYZER pseudo-header (<c>DLT_NETANALYZER</c>).</summary>
    public static LinkType Netanalyzer => new(240);

    /// <summary>Ethernet with Hilscher netANALYZER pseudo-header and with preamble and SFD (<c>DLT_NETANALYZER_TRANSPARENT</c>).</summary>
    public static LinkType NetanalyzerTransparent => new(241);

    /// <summary>RFC 4391 IP-over-Infiniband (<c>DLT_IPOIB</c>).</summary>
    public static LinkType IpOverInfiniband => new(242);

    /// <summary>MPEG-2 transport stream (<c>DLT_MPEG_2_TS</c>).</summary>
    public static LinkType Mpeg2Ts => new(243);

    /// <summary>ng40 protocol tester Iub/Iur (<c>DLT_NG40</c>).</summary>
    public static LinkType Ng40 => new(244);

    /// <summary>NFC LLCP PDUs with pseudo-header (<c>DLT_NFC_LLCP</c>).</summary>
    public static LinkType NfcLlcp => new(245);

    /// <summary>Packet filter state syncing (<c>DLT_PFSYNC</c>).</summary>
    public static LinkType Pfsync => new(246);

    /// <summary>InfiniBand (<c>DLT_INFINIBAND</c>).</summary>
    public static LinkType Infiniband => new(247);

    /// <summary>SCTP (<c>DLT_SCTP</c>).</summary>
    public static LinkType Sctp => new(248);

    /// <summary>USB with USBPcap header (<c>DLT_USBPCAP</c>).</summary>
    public static LinkType Usbpcap => new(249);

    /// <summary>Schweitzer Engineering Laboratories RTAC packets (<c>DLT_RTAC_SERIAL</c>).</summary>
    public static LinkType RtacSerial => new(250);

    /// <summary>Bluetooth Low Energy air interface (<c>DLT_BLUETOOTH_LE_LL</c>).</summary>
    public static LinkType BluetoothLeLl => new(251);

    /// <summary>Linux netlink (<c>DLT_NETLINK</c>).</summary>
    public static LinkType Netlink => new(253);

    /// <summary>Bluetooth Linux Monitor (<c>DLT_BLUETOOTH_LINUX_MONITOR</c>).</summary>
    public static LinkType BluetoothLinuxMonitor => new(254);

    /// <summary>Bluetooth Basic Rate/Enhanced Data Rate baseband packets (<c>DLT_BLUETOOTH_BREDR_BB</c>).</summary>
    public static LinkType BluetoothBredrBb => new(255);

    /// <summary>Bluetooth Low Energy air interface with pseudo-header (<c>DLT_BLUETOOTH_LE_LL_WITH_PHDR</c>).</summary>
    public static LinkType BluetoothLeLlWithPhdr => new(256);

    /// <summary>PROFIBUS data link layer (<c>DLT_PROFIBUS_DL</c>).</summary>
    public static LinkType ProfibusDl => new(257);

    /// <summary>Apple DLT_PKTAP (<c>DLT_PKTAP</c>).</summary>
    public static LinkType Pktap => new(258);

    /// <summary>Ethernet with 802.3 Clause 65 EPON preamble (<c>DLT_EPON</c>).</summary>
    public static LinkType Epon => new(259);

    /// <summary>IPMI trace packets (<c>DLT_IPMI_HPM_2</c>).</summary>
    public static LinkType IpmiHpm2 => new(260);

    /// <summary>Z-Wave RF profile R1 and R2 packets (<c>DLT_ZWAVE_R1_R2</c>).</summary>
    public static LinkType ZwaveR1R2 => new(261);

    /// <summary>Z-Wave RF profile R3 packets (<c>DLT_ZWAVE_R3</c>).</summary>
    public static LinkType ZwaveR3 => new(262);

    /// <summary>WattStopper Digital Lighting Management (DLM) and Legrand Nitoo Open protocol (<c>DLT_WATTSTOPPER_DLM</c>).</summary>
    public static LinkType WattstopperDlm => new(263);

    /// <summary>ISO 14443 messages (<c>DLT_ISO_14443</c>).</summary>
    public static LinkType Iso14443 => new(264);

    /// <summary>IEC 62106 Radio Data System groups (<c>DLT_RDS</c>).</summary>
    public static LinkType Rds => new(265);

    /// <summary>USB with Darwin header (<c>DLT_USB_DARWIN</c>).</summary>
    public static LinkType UsbDarwin => new(266);

    /// <summary>OpenBSD DLT_OPENFLOW (<c>DLT_OPENFLOW</c>).</summary>
    public static LinkType Openflow => new(267);

    /// <summary>IBM SDLC frames (<c>DLT_SDLC</c>).</summary>
    public static LinkType Sdlc => new(268);

    /// <summary>TI LLN sniffer frames (<c>DLT_TI_LLN_SNIFFER</c>).</summary>
    public static LinkType TiLlnSniffer => new(269);

    /// <summary>Linux vsock (<c>DLT_VSOCK</c>).</summary>
    public static LinkType Vsock => new(271);

    /// <summary>Nordic Semiconductor Bluetooth LE sniffer frames (<c>DLT_NORDIC_BLE</c>).</summary>
    public static LinkType NordicBle => new(272);

    /// <summary>Excentis XRA-31 DOCSIS 3.1 RF sniffer frames (<c>DLT_DOCSIS31_XRA31</c>).</summary>
    public static LinkType Docsis31Xra31 => new(273);

    /// <summary>802.3br mPackets (<c>DLT_ETHERNET_MPACKET</c>).</summary>
    public static LinkType EthernetMpacket => new(274);

    /// <summary>DisplayPort AUX channel monitoring data (<c>DLT_DISPLAYPORT_AUX</c>).</summary>
    public static LinkType DisplayportAux => new(275);

    /// <summary>Linux cooked v2 (<c>DLT_LINUX_SLL2</c>).</summary>
    public static LinkType LinuxSll2 => new(276);

    /// <summary>OpenVizsla USB (<c>DLT_OPENVIZSLA</c>).</summary>
    public static LinkType Openvizsla => new(278);

    /// <summary>Elektrobit High Speed Capture and Replay (EBHSCR) (<c>DLT_EBHSCR</c>).</summary>
    public static LinkType Ebhscr => new(279);

    /// <summary>VPP graph dispatch tracer (<c>DLT_VPP_DISPATCH</c>).</summary>
    public static LinkType VppDispatch => new(280);

    /// <summary>Broadcom tag (<c>DLT_DSA_TAG_BRCM</c>).</summary>
    public static LinkType DsaTagBrcm => new(281);

    /// <summary>Broadcom tag (prepended) (<c>DLT_DSA_TAG_BRCM_PREPEND</c>).</summary>
    public static LinkType DsaTagBrcmPrepend => new(282);

    /// <summary>IEEE 802.15.4 with pseudo-header (<c>DLT_IEEE802_15_4_TAP</c>).</summary>
    public static LinkType Ieee802154Tap => new(283);

    /// <summary>Marvell DSA (<c>DLT_DSA_TAG_DSA</c>).</summary>
    public static LinkType DsaTagDsa => new(284);

    /// <summary>Marvell EDSA (<c>DLT_DSA_TAG_EDSA</c>).</summary>
    public static LinkType DsaTagEdsa => new(285);

    /// <summary>ELEE lawful intercept packets (<c>DLT_ELEE</c>).</summary>
    public static LinkType Elee => new(286);

    /// <summary>Z-Wave serial frames between host and chip (<c>DLT_Z_WAVE_SERIAL</c>).</summary>
    public static LinkType ZWaveSerial => new(287);

    /// <summary>USB 2.0/1.1/1.0 as transmitted over the cable (<c>DLT_USB_2_0</c>).</summary>
    public static LinkType Usb20 => new(288);

    /// <summary>ATSC Link-Layer Protocol packets (<c>DLT_ATSC_ALP</c>).</summary>
    public static LinkType AtscAlp => new(289);

    private static readonly LinkTypeRow[] Rows =
    [
        new(0, 0, "NULL", "BSD loopback"),
        new(1, 1, "EN10MB", "Ethernet"),
        new(6, 6, "IEEE802", "Token ring"),
        new(7, 7, "ARCNET", "BSD ARCNET"),
        new(8, 8, "SLIP", "SLIP"),
        new(9, 9, "PPP", "PPP"),
        new(10, 10, "FDDI", "FDDI"),
        new(11, 100, "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM"),
        new(12, 101, "RAW", "Raw IP"),
        new(15, 102, "SLIP_BSDOS", "BSD/OS SLIP"),
        new(16, 103, "PPP_BSDOS", "BSD/OS PPP"),
        new(19, 106, "ATM_CLIP", "Linux Classical IP over ATM"),
        new(50, 50, "PPP_SERIAL", "PPP over serial"),
        new(51, 51, "PPP_ETHER", "PPPoE"),
        new(99, 99, "SYMANTEC_FIREWALL", "Symantec Firewall"),
        new(104, 104, "C_HDLC", "Cisco HDLC"),
        new(105, 105, "IEEE802_11", "802.11"),
        new(107, 107, "FRELAY", "Frame Relay"),
        new(108, 108, "LOOP", "OpenBSD loopback"),
        new(109, 109, "ENC", "OpenBSD encapsulated IP"),
        new(113, 113, "LINUX_SLL", "Linux cooked v1"),
        new(114, 114, "LTALK", "Localtalk"),
        new(117, 117, "PFLOG", "OpenBSD pflog file"),
        new(119, 119, "PRISM_HEADER", "802.11 plus Prism header"),
        new(122, 122, "IP_OVER_FC", "RFC 2625 IP-over-Fibre Channel"),
        new(123, 123, "SUNATM", "Sun raw ATM"),
        new(127, 127, "IEEE802_11_RADIO", "802.11 plus radiotap header"),
        new(129, 129, "ARCNET_LINUX", "Linux ARCNET"),
        new(130, 130, "JUNIPER_MLPPP", "Juniper Multi-Link PPP"),
        new(131, 131, "JUNIPER_MLFR", "Juniper Multi-Link Frame Relay"),
        new(132, 132, "JUNIPER_ES", "Juniper Encryption Services PIC"),
        new(133, 133, "JUNIPER_GGSN", "Juniper GGSN PIC"),
        new(134, 134, "JUNIPER_MFR", "Juniper FRF.16 Frame Relay"),
        new(135, 135, "JUNIPER_ATM2", "Juniper ATM2 PIC"),
        new(136, 136, "JUNIPER_SERVICES", "Juniper Advanced Services PIC"),
        new(137, 137, "JUNIPER_ATM1", "Juniper ATM1 PIC"),
        new(138, 138, "APPLE_IP_OVER_IEEE1394", "Apple IP-over-IEEE 1394"),
        new(139, 139, "MTP2_WITH_PHDR", "SS7 MTP2 with Pseudo-header"),
        new(140, 140, "MTP2", "SS7 MTP2"),
        new(141, 141, "MTP3", "SS7 MTP3"),
        new(142, 142, "SCCP", "SS7 SCCP"),
        new(143, 143, "DOCSIS", "DOCSIS"),
        new(144, 144, "LINUX_IRDA", "Linux IrDA"),
        new(163, 163, "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header"),
        new(164, 164, "JUNIPER_MONITOR", "Juniper Passive Monitor PIC"),
        new(165, 165, "BACNET_MS_TP", "BACnet MS/TP"),
        new(166, 166, "PPP_PPPD", "PPP for pppd, with direction flag"),
        new(167, 167, "JUNIPER_PPPOE", "Juniper PPPoE"),
        new(168, 168, "JUNIPER_PPPOE_ATM", "Juniper PPPoE/ATM"),
        new(169, 169, "GPRS_LLC", "GPRS LLC"),
        new(170, 170, "GPF_T", "GPF-T"),
        new(171, 171, "GPF_F", "GPF-F"),
        new(174, 174, "JUNIPER_PIC_PEER", "Juniper PIC Peer"),
        new(175, 175, "ERF_ETH", "Ethernet with Endace ERF header"),
        new(176, 176, "ERF_POS", "Packet-over-SONET with Endace ERF header"),
        new(177, 177, "LINUX_LAPD", "Linux vISDN LAPD"),
        new(178, 178, "JUNIPER_ETHER", "Juniper Ethernet"),
        new(179, 179, "JUNIPER_PPP", "Juniper PPP"),
        new(180, 180, "JUNIPER_FRELAY", "Juniper Frame Relay"),
        new(181, 181, "JUNIPER_CHDLC", "Juniper C-HDLC"),
        new(182, 182, "MFR", "FRF.16 Frame Relay"),
        new(183, 183, "JUNIPER_VP", "Juniper Voice PIC"),
        new(184, 184, "A429", "Arinc 429"),
        new(185, 185, "A653_ICM", "Arinc 653 Interpartition Communication"),
        new(186, 186, "USB_FREEBSD", "USB with FreeBSD header"),
        new(187, 187, "BLUETOOTH_HCI_H4", "Bluetooth HCI UART transport layer"),
        new(188, 188, "IEEE802_16_MAC_CPS", "IEEE 802.16 MAC Common Part Sublayer"),
        new(189, 189, "USB_LINUX", "USB with Linux header"),
        new(190, 190, "CAN20B", "Controller Area Network (CAN) v. 2.0B"),
        new(191, 191, "IEEE802_15_4_LINUX", "IEEE 802.15.4 with Linux padding"),
        new(192, 192, "PPI", "Per-Packet Information"),
        new(193, 193, "IEEE802_16_MAC_CPS_RADIO", "IEEE 802.16 MAC Common Part Sublayer plus radiotap header"),
        new(194, 194, "JUNIPER_ISM", "Juniper Integrated Service Module"),
        new(195, 195, "IEEE802_15_4", "IEEE 802.15.4 with FCS"),
        new(196, 196, "SITA", "SITA pseudo-header"),
        new(197, 197, "ERF", "Endace ERF header"),
        new(198, 198, "RAIF1", "Ethernet with u10 Networks pseudo-header"),
        new(199, 199, "IPMB_KONTRON", "IPMB with Kontron pseudo-header"),
        new(200, 200, "JUNIPER_ST", "Juniper Secure Tunnel"),
        new(201, 201, "BLUETOOTH_HCI_H4_WITH_PHDR", "Bluetooth HCI UART transport layer plus pseudo-header"),
        new(202, 202, "AX25_KISS", "AX.25 with KISS header"),
        new(209, 209, "IPMB_LINUX", "IPMB with Linux/Pigeon Point pseudo-header"),
        new(215, 215, "IEEE802_15_4_NONASK_PHY", "IEEE 802.15.4 with non-ASK PHY data"),
        new(216, 216, "LINUX_EVDEV", "Linux evdev events"),
        new(219, 219, "MPLS", "MPLS with label as link-layer header"),
        new(220, 220, "USB_LINUX_MMAPPED", "USB with padded Linux header"),
        new(221, 221, "DECT", "DECT"),
        new(222, 222, "AOS", "AOS Space Data Link protocol"),
        new(223, 223, "WIHART", "Wireless HART"),
        new(224, 224, "FC_2", "Fibre Channel FC-2"),
        new(225, 225, "FC_2_WITH_FRAME_DELIMS", "Fibre Channel FC-2 with frame delimiters"),
        new(226, 226, "IPNET", "Solaris ipnet"),
        new(227, 227, "CAN_SOCKETCAN", "CAN-bus with SocketCAN headers"),
        new(228, 228, "IPV4", "Raw IPv4"),
        new(229, 229, "IPV6", "Raw IPv6"),
        new(230, 230, "IEEE802_15_4_NOFCS", "IEEE 802.15.4 without FCS"),
        new(231, 231, "DBUS", "D-Bus"),
        new(232, 232, "JUNIPER_VS", "Juniper Virtual Server"),
        new(233, 233, "JUNIPER_SRX_E2E", "Juniper SRX E2E"),
        new(234, 234, "JUNIPER_FIBRECHANNEL", "Juniper Fibre Channel"),
        new(235, 235, "DVB_CI", "DVB-CI"),
        new(236, 236, "MUX27010", "MUX27010"),
        new(237, 237, "STANAG_5066_D_PDU", "STANAG 5066 D_PDUs"),
        new(238, 238, "JUNIPER_ATM_CEMIC", "Juniper ATM CEMIC"),
        new(239, 239, "NFLOG", "Linux netfilter log messages"),
        new(240, 240, "NETANALYZER", "Ethernet with Hilscher netANALYZER pseudo-header"),
        new(241, 241, "NETANALYZER_TRANSPARENT", "Ethernet with Hilscher netANALYZER pseudo-header and with preamble and SFD"),
        new(242, 242, "IPOIB", "RFC 4391 IP-over-Infiniband"),
        new(243, 243, "MPEG_2_TS", "MPEG-2 transport stream"),
        new(244, 244, "NG40", "ng40 protocol tester Iub/Iur"),
        new(245, 245, "NFC_LLCP", "NFC LLCP PDUs with pseudo-header"),
        new(246, 246, "PFSYNC", "Packet filter state syncing"),
        new(247, 247, "INFINIBAND", "InfiniBand"),
        new(248, 248, "SCTP", "SCTP"),
        new(249, 249, "USBPCAP", "USB with USBPcap header"),
        new(250, 250, "RTAC_SERIAL", "Schweitzer Engineering Laboratories RTAC packets"),
        new(251, 251, "BLUETOOTH_LE_LL", "Bluetooth Low Energy air interface"),
        new(253, 253, "NETLINK", "Linux netlink"),
        new(254, 254, "BLUETOOTH_LINUX_MONITOR", "Bluetooth Linux Monitor"),
        new(255, 255, "BLUETOOTH_BREDR_BB", "Bluetooth Basic Rate/Enhanced Data Rate baseband packets"),
        new(256, 256, "BLUETOOTH_LE_LL_WITH_PHDR", "Bluetooth Low Energy air interface with pseudo-header"),
        new(257, 257, "PROFIBUS_DL", "PROFIBUS data link layer"),
        new(258, 258, "PKTAP", "Apple DLT_PKTAP"),
        new(259, 259, "EPON", "Ethernet with 802.3 Clause 65 EPON preamble"),
        new(260, 260, "IPMI_HPM_2", "IPMI trace packets"),
        new(261, 261, "ZWAVE_R1_R2", "Z-Wave RF profile R1 and R2 packets"),
        new(262, 262, "ZWAVE_R3", "Z-Wave RF profile R3 packets"),
        new(263, 263, "WATTSTOPPER_DLM", "WattStopper Digital Lighting Management (DLM) and Legrand Nitoo Open protocol"),
        new(264, 264, "ISO_14443", "ISO 14443 messages"),
        new(265, 265, "RDS", "IEC 62106 Radio Data System groups"),
        new(266, 266, "USB_DARWIN", "USB with Darwin header"),
        new(267, 267, "OPENFLOW", "OpenBSD DLT_OPENFLOW"),
        new(268, 268, "SDLC", "IBM SDLC frames"),
        new(269, 269, "TI_LLN_SNIFFER", "TI LLN sniffer frames"),
        new(271, 271, "VSOCK", "Linux vsock"),
        new(272, 272, "NORDIC_BLE", "Nordic Semiconductor Bluetooth LE sniffer frames"),
        new(273, 273, "DOCSIS31_XRA31", "Excentis XRA-31 DOCSIS 3.1 RF sniffer frames"),
        new(274, 274, "ETHERNET_MPACKET", "802.3br mPackets"),
        new(275, 275, "DISPLAYPORT_AUX", "DisplayPort AUX channel monitoring data"),
        new(276, 276, "LINUX_SLL2", "Linux cooked v2"),
        new(278, 278, "OPENVIZSLA", "OpenVizsla USB"),
        new(279, 279, "EBHSCR", "Elektrobit High Speed Capture and Replay (EBHSCR)"),
        new(280, 280, "VPP_DISPATCH", "VPP graph dispatch tracer"),
        new(281, 281, "DSA_TAG_BRCM", "Broadcom tag"),
        new(282, 282, "DSA_TAG_BRCM_PREPEND", "Broadcom tag (prepended)"),
        new(283, 283, "IEEE802_15_4_TAP", "IEEE 802.15.4 with pseudo-header"),
        new(284, 284, "DSA_TAG_DSA", "Marvell DSA"),
        new(285, 285, "DSA_TAG_EDSA", "Marvell EDSA"),
        new(286, 286, "ELEE", "ELEE lawful intercept packets"),
        new(287, 287, "Z_WAVE_SERIAL", "Z-Wave serial frames between host and chip"),
        new(288, 288, "USB_2_0", "USB 2.0/1.1/1.0 as transmitted over the cable"),
        new(289, 289, "ATSC_ALP", "ATSC Link-Layer Protocol packets"),
    ];
}
